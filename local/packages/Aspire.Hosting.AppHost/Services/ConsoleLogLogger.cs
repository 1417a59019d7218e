using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes what the engine and the packages have to say of a resource into its console log.</summary>
internal sealed class ConsoleLogLogger : ILogger
{
    private readonly ConsoleLog[] _logs;

    public ConsoleLogLogger(ConsoleLog[] logs) => _logs = logs;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (exception is not null)
            text = $"{text}{Environment.NewLine}{exception}";
        foreach (var line in text.Split('\n'))
            foreach (var log in _logs)
                log.Write(line.TrimEnd('\r'), logLevel >= LogLevel.Error);
    }
}
