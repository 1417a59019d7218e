using System.Diagnostics;
using System.Globalization;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>
/// A process that a fault may strike: kill -9, SIGSTOP, SIGTERM. It ends with the campaign, however that ends: the shell around it ends it when its standard
/// input closes.
/// </summary>
internal sealed class Part(string name, string command, IReadOnlyDictionary<string, string> environment, string log)
{
    // The shell passes on the signals that it reads; after one that ends the process it waits for that, and ends too.
    private const string Shell = """
        exec 2>/dev/null
        {0} >>'{1}' 2>&1 </dev/null &
        child=$!; echo $child
        while read -r signal; do
          kill -$signal $child 2>/dev/null
          case $signal in KILL|TERM) wait $child; exit 0;; esac
        done
        kill -KILL $child 2>/dev/null
        """;

    private Process? _shell;
    private int _id;

    internal string Name => name;

    /// <summary>What it has written, all starts in one file.</summary>
    internal string Log => log;

    /// <summary>Whether it was started, and nobody has ended it since.</summary>
    internal bool ShouldRun => _shell is not null;

    /// <summary>Whether it is there. One that should run and is not has ended by itself.</summary>
    internal bool IsAlive => _shell is not null && IsThere(_id);

    /// <summary>Its id, of the running one.</summary>
    internal int ProcessId => _id;

    /// <param name="arguments">Added to the command for this start.</param>
    internal async Task StartAsync(string arguments = "")
    {
        var text = string.Format(CultureInfo.InvariantCulture, Shell, $"{command} {arguments}", log);
        var start = new ProcessStartInfo("/bin/sh", ["-c", text]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var shell = Process.Start(start)!;
        _id = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        _shell = shell;
    }

    /// <summary>Ends it as a crash would: at once, without a word.</summary>
    internal Task KillAsync() => EndAsync("KILL");

    /// <summary>Asks it to end, and waits until it has.</summary>
    internal Task TerminateAsync() => EndAsync("TERM");

    /// <summary>Holds it where it is: it neither answers nor knows.</summary>
    internal void Stop() => _shell?.StandardInput.WriteLine("STOP");

    internal void Continue() => _shell?.StandardInput.WriteLine("CONT");

    /// <summary>For whoever waits for its answer.</summary>
    internal void ThrowIfEnded()
    {
        if (!IsAlive) throw new InvalidOperationException($"{name} has ended: {string.Join(' ', File.ReadLines(log).TakeLast(10))}");
    }

    private async Task EndAsync(string signal)
    {
        if (_shell is not { } shell) return;
        _shell = null;
        try
        {
            await shell.StandardInput.WriteLineAsync(signal);
            await shell.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // Somebody ended the shell, and with it what it held.
        }

        await shell.WaitForExitAsync();
        shell.Dispose();
    }

    // A process that has ended stays listed, as a zombie, until its shell waits for it.
    private static bool IsThere(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
