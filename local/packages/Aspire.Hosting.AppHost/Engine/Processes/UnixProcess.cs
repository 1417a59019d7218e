using System.IO.Pipes;
using System.Text;

namespace Aspire.Hosting.Engine.Processes;

/// <summary>
/// A process in a session of its own: Ctrl+C in the terminal reaches only the app host, which then stops everything in order,
/// and one signal reaches the process and all that it started. It begins as a shell that holds it back until the
/// <see cref="Guardian"/> knows of it, so that there is no moment at which the death of the app host leaves it behind.
/// </summary>
internal sealed class UnixProcess : IRunningProcess
{
    /// <summary>$1 is the working directory, the rest the command. Without the app host there is nothing to read, and it ends.</summary>
    private const string Gate = "cd -- \"$1\" && shift && read -r go && exec \"$@\" </dev/null";

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private UnixProcess(int id, Task outputRead)
    {
        Id = id;
        OutputRead = outputRead;
    }

    public int Id { get; }

    public Task<int> Exited => _exited.Task;

    public Task OutputRead { get; }

    public static UnixProcess Start(ProcessSpec spec, Action<string, bool> onLine)
    {
        using var gate = new AnonymousPipeServerStream(PipeDirection.Out);
        var output = new AnonymousPipeServerStream(PipeDirection.In);
        var errors = new AnonymousPipeServerStream(PipeDirection.In);
        var id = LibC.Spawn(
            "/bin/sh",
            ["sh", "-c", Gate, "sh", spec.WorkingDirectory, spec.Command, .. spec.Arguments],
            spec.Environment.Select(v => $"{v.Key}={v.Value}"),
            ClientOf(gate),
            ClientOf(output),
            ClientOf(errors));
        foreach (var pipe in new[] { gate, output, errors })
            pipe.DisposeLocalCopyOfClientHandle();
        if (id < 0)
            throw new DistributedApplicationException($"{spec.Command} cannot be started: error {-id} of posix_spawn.");

        Guardian.Shared.Watch(id);
        var process = new UnixProcess(id, Task.WhenAll(ReadLines(output, onLine, isError: false), ReadLines(errors, onLine, isError: true)));
        _ = OwnThread.Run($"wait {id}", process.WaitForExit);
        try
        {
            gate.Write("\n"u8);
        }
        catch (IOException)
        {
            // It has ended already: its exit tells why.
        }

        return process;
    }

    public void Terminate() => LibC.KillGroup(Id, LibC.Sigterm);

    public void Kill() => LibC.KillGroup(Id, LibC.Sigkill);

    private static int ClientOf(AnonymousPipeServerStream pipe) => (int)pipe.ClientSafePipeHandle.DangerousGetHandle();

    private static Task ReadLines(AnonymousPipeServerStream pipe, Action<string, bool> onLine, bool isError)
        => OwnThread.Run("console", () =>
        {
            using var reader = new StreamReader(pipe, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
                onLine(line, isError);
        });

    private void WaitForExit()
    {
        var code = LibC.Wait(Id);
        // What it started and did not wait for ends with it.
        Kill();
        Guardian.Shared.Forget(Id);
        _exited.TrySetResult(code);
    }
}
