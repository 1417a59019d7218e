namespace Aspire.Hosting.Engine.Processes;

/// <summary>A process to start.</summary>
internal sealed record ProcessSpec
{
    /// <summary>A path, or a name to look for on the PATH.</summary>
    public required string Command { get; init; }

    public required string WorkingDirectory { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>All of the variables: nothing else is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}

/// <summary>A process that runs, with all that it starts itself.</summary>
internal interface IRunningProcess
{
    int Id { get; }

    /// <summary>The exit code; 128 and the signal's number where a signal ended it.</summary>
    Task<int> Exited { get; }

    /// <summary>Ends when all output has been read.</summary>
    Task OutputRead { get; }

    /// <summary>Asks it, and what it started, to end.</summary>
    void Terminate();

    /// <summary>Ends it and what it started.</summary>
    void Kill();
}

/// <summary>Starts processes that never outlive this one.</summary>
internal static class ProcessLauncher
{
    /// <param name="spec">What to start.</param>
    /// <param name="onLine">Told of each line of output, and whether it came as an error.</param>
    /// <exception cref="DistributedApplicationException">It cannot be started; the message says why.</exception>
    public static IRunningProcess Start(ProcessSpec spec, Action<string, bool> onLine)
    {
        var path = CommandPath.Find(spec.Command, spec.WorkingDirectory)
            ?? throw new DistributedApplicationException(
                $"'{spec.Command}' is not an executable file, and none of that name is on the PATH.");
        if (!Directory.Exists(spec.WorkingDirectory))
            throw new DistributedApplicationException($"The working directory {spec.WorkingDirectory} does not exist.");
        return OperatingSystem.IsWindows()
            ? new WindowsProcess(spec with { Command = path }, onLine)
            : UnixProcess.Start(spec with { Command = path }, onLine);
    }
}
