using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Repeats the console of every resource in the app host's own log, as category <c>NAME.Resources.RESOURCE</c>.</summary>
internal sealed partial class ConsoleForwarder : IHostedService
{
    private readonly ConcurrentDictionary<string, ILogger> _categories = new(StringComparer.Ordinal);
    private readonly ResourceLoggerService _loggers;
    private readonly ILoggerFactory _factory;
    private readonly string _name;

    public ConsoleForwarder(ResourceLoggerService loggers, ILoggerFactory factory, IConfiguration configuration)
    {
        _loggers = loggers;
        _factory = factory;
        _name = configuration["AppHost:Name"] ?? "AppHost";
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loggers.LineWritten = Forward;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Forward(string resource, string text, bool isError)
    {
        var logger = _categories.GetOrAdd(resource, r => _factory.CreateLogger($"{_name}.Resources.{r}"));
        if (isError)
            Log.Error(logger, text);
        else
            Log.Line(logger, text);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Text}")]
        public static partial void Line(ILogger logger, string text);

        [LoggerMessage(2, LogLevel.Error, "{Text}")]
        public static partial void Error(ILogger logger, string text);
    }
}
