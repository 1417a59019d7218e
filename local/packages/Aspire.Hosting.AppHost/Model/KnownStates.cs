namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that the engine gives.</summary>
public static class KnownResourceStates
{
    public static readonly string Active = "Active";
    public static readonly string Exited = "Exited";
    public static readonly string FailedToStart = "FailedToStart";
    public static readonly string Finished = "Finished";
    public static readonly string NotStarted = "NotStarted";
    public static readonly string Running = "Running";
    public static readonly string RuntimeUnhealthy = "RuntimeUnhealthy";
    public static readonly string Starting = "Starting";
    public static readonly string Stopping = "Stopping";
    public static readonly string Waiting = "Waiting";
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

/// <summary>How states are drawn.</summary>
public static class KnownResourceStateStyles
{
    public static readonly string Error = "error";
    public static readonly string Info = "info";
    public static readonly string Success = "success";
    public static readonly string Warn = "warning";
}

/// <summary>The commands that every process has.</summary>
public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}

/// <summary>The properties that the dashboard knows.</summary>
public static class CustomResourceKnownProperties
{
    public static string Source { get; } = "resource.source";

    public static string ConnectionString { get; } = "resource.connectionString";
}
