using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Instrumentation.StackExchangeRedis;
using OpenTelemetry.Trace;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// A span for each Redis command of a trace that is recorded. The instrumentation alone profiles every command, also those whose spans
/// nobody will keep, and makes a trace of each that has no parent.
/// </summary>
internal static class RedisSpans
{
    /// <summary>Of the options, so that they are of the one registration that is made here.</summary>
    private const string Name = "recorded";
    private const string ConventionsKey = "OTEL_SEMCONV_STABILITY_OPT_IN";

    /// <summary>Longest that a command waits to become a span, when few come.</summary>
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    internal static void Add(TracerProviderBuilder traces)
    {
        // The names of the stable conventions for databases. The instrumentation asks the environment only, not the configuration.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ConventionsKey)))
            Environment.SetEnvironmentVariable(ConventionsKey, "database");
        traces.AddSource(typeof(StackExchangeRedisInstrumentation).Assembly.GetName().Name!)
            .ConfigureServices(static services
                => services.Configure<StackExchangeRedisInstrumentationOptions>(Name, static options => options.FlushInterval = FlushInterval))
            .ConfigureRedisInstrumentation(static (services, instrumentation) =>
            {
                // Aspire's component hands its connection to the instrumentation as well, when it makes it: the profiler that is set last is asked.
                if (services.GetService<IConnectionMultiplexer>() is { } redis)
                    instrumentation.AddConnection(Name, RecordedOnly.Wrap(redis));
            });
    }

    /// <summary>Hands the instrumentation's profiler on to the connection, but asks it only where there is a recorded span.</summary>
    internal class RecordedOnly : DispatchProxy
    {
        private IConnectionMultiplexer? _redis;

        internal static IConnectionMultiplexer Wrap(IConnectionMultiplexer redis)
        {
            var proxy = Create<IConnectionMultiplexer, RecordedOnly>();
            ((RecordedOnly)(object)proxy)._redis = redis;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (args is [Func<ProfilingSession?> session])
                args = [() => Activity.Current is { Recorded: true } ? session() : null];
            return targetMethod?.Invoke(_redis, args);
        }
    }
}
