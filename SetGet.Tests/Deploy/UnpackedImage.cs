using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;

namespace SetGet.Tests.Deploy;

/// <summary>The files of an image, run without a container engine: by the image's own command, as its own user where the tests may change theirs.</summary>
internal sealed class UnpackedImage(string folder, string user)
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Unpacks what is below <c>/app</c> of the layers.</summary>
    public static UnpackedImage Create(string folder, string user, IEnumerable<TarReader> layers)
    {
        // The folder of a test is its own user's alone, which is not the image's.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, ForAll);
        foreach (var layer in layers)
            while (layer.GetNextEntry() is { } entry)
            {
                var name = entry.Name.TrimStart('.', '/');
                if (entry.DataStream is null || !name.StartsWith("app/", StringComparison.Ordinal)) continue;
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                entry.ExtractToFile(path, overwrite: true);
            }

        return new UnpackedImage(folder, user);
    }

    /// <summary>Starts <paramref name="command"/>, in which <c>/app</c> is the image's.</summary>
    public Process Start(IEnumerable<string> command, IReadOnlyDictionary<string, string> environment)
    {
        var here = command.Select(part => part.StartsWith("/app/", StringComparison.Ordinal) ? folder + part : part);
        string[] asUser = Environment.IsPrivilegedProcess && Requirements.OnPath("setpriv") is not null
            ? ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", "--inh-caps=-all"]
            : [];
        string[] all = [.. asUser, .. here];
        var start = new ProcessStartInfo(all[0], all[1..]) { UseShellExecute = false, WorkingDirectory = Path.Combine(folder, "app") };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>The exit code of the image's health check, asked until it is 0 or patience is over.</summary>
    public async Task<int> ProbeAsync(string command, int port, CancellationToken cancellationToken)
    {
        var probe = command.Replace(":8080/", string.Create(CultureInfo.InvariantCulture, $":{port}/"), StringComparison.Ordinal).Split(' ');
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            using var process = Start(probe, new Dictionary<string, string>());
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0 || over.IsCancellationRequested) return process.ExitCode;
        }
    }
}
