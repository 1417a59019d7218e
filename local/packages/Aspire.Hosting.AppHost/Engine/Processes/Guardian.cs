using System.IO.Pipes;
using System.Text;

namespace Aspire.Hosting.Engine.Processes;

/// <summary>
/// A shell that outlives the app host by seconds. It reads from a pipe which processes the app host has; when the pipe ends
/// (whatever ended the app host, SIGKILL too) it ends them: by group, and on Linux by session, which also finds those that
/// have made groups of their own.
/// </summary>
internal sealed class Guardian : IDisposable
{
    private const string Script = """
        trap '' HUP INT QUIT TERM
        ids=
        while read -r op id; do
          case $op in
            +) ids="$ids $id" ;;
            -) rest=; for i in $ids; do [ "$i" = "$id" ] || rest="$rest $i"; done; ids=$rest ;;
          esac
        done
        strike() {
          signal=$1; left=
          for i in $ids; do kill -s "$signal" -- "-$i" && left=1; done
          [ -r /proc/self/stat ] || return 0
          for stat in /proc/[0-9]*/stat; do
            read -r line <"$stat" || continue
            set -- ${line##*) }
            for i in $ids; do
              [ "$4" = "$i" ] && [ "$1" != Z ] && { pid=${stat#/proc/}; kill -s "$signal" "${pid%/stat}" && left=1; }
            done
          done
          return 0
        }
        [ -n "$ids" ] || exit 0
        strike TERM
        tries=0
        while [ -n "$left" ] && [ $tries -lt 20 ]; do sleep 0.1; tries=$((tries + 1)); strike 0; done
        [ -n "$left" ] && strike KILL
        exit 0
        """;

    private static readonly Lazy<Guardian> Lazy = new(() => new Guardian());

    private readonly Lock _lock = new();
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);

    private Guardian()
    {
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        var sink = (int)nowhere.DangerousGetHandle();
        var id = LibC.Spawn(
            "/bin/sh",
            ["sh", "-c", Script, "aspire-guardian"],
            [$"PATH={Environment.GetEnvironmentVariable("PATH")}"],
            (int)_pipe.ClientSafePipeHandle.DangerousGetHandle(),
            sink,
            sink);
        _pipe.DisposeLocalCopyOfClientHandle();
        if (id < 0)
            throw new DistributedApplicationException($"/bin/sh cannot be started: error {-id} of posix_spawn.");
        _ = OwnThread.Run("guardian", () => LibC.Wait(id));
    }

    public static Guardian Shared => Lazy.Value;

    public void Watch(int id) => Write($"+ {id}\n");

    public void Forget(int id) => Write($"- {id}\n");

    public void Dispose() => _pipe.Dispose();

    private void Write(string line)
    {
        lock (_lock)
            _pipe.Write(Encoding.ASCII.GetBytes(line));
    }
}
