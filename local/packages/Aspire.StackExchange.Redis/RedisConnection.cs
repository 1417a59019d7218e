using System.Collections.Concurrent;
using Aspire.StackExchange.Redis.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Connects a client, and logs what happens to its connections.</summary>
internal static partial class RedisConnection
{
    internal static IConnectionMultiplexer Resolve(IServiceProvider services, string? key) =>
        key is null
            ? services.GetRequiredService<IConnectionMultiplexer>()
            : services.GetRequiredKeyedService<IConnectionMultiplexer>(key);

    internal static IConnectionMultiplexer Connect(IServiceProvider services, RedisConnectionRecipe recipe)
    {
        var logger = services.GetService<ILoggerFactory>()?.CreateLogger("Aspire.StackExchange.Redis") ?? NullLogger.Instance;
        var multiplexer = ConnectionMultiplexer.Connect(recipe.Build());
        // Answers are completed on the thread pool, each for itself: in order would mean one after the other.
        multiplexer.PreserveAsyncOrder = false;
        LogConnections(multiplexer, logger);
        multiplexer.ErrorMessage += (_, e) => Log.Refused(logger, Name(e.EndPoint), e.Message);
        multiplexer.InternalError += (_, e) => Log.Internal(logger, e.Origin, e.Exception);
        if (!multiplexer.IsConnected)
            Log.NotConnected(logger, string.Join(", ", multiplexer.GetEndPoints().Select(Name)));
        return recipe.Settings.DisableTracing ? multiplexer : new TracedMultiplexer(multiplexer);
    }

    /// <summary>Once when a connection is lost and once when it is back, not for every try between.</summary>
    private static void LogConnections(ConnectionMultiplexer multiplexer, ILogger logger)
    {
        var lost = new ConcurrentDictionary<(string EndPoint, ConnectionType Type), bool>();
        multiplexer.ConnectionFailed += (_, e) =>
        {
            if (lost.TryAdd((Name(e.EndPoint), e.ConnectionType), true))
                Log.Failed(logger, Name(e.EndPoint), e.ConnectionType, e.FailureType, e.Exception?.Message);
        };
        multiplexer.ConnectionRestored += (_, e) =>
        {
            if (lost.TryRemove((Name(e.EndPoint), e.ConnectionType), out bool _))
                Log.Restored(logger, Name(e.EndPoint), e.ConnectionType);
        };
    }

    private static string Name(System.Net.EndPoint? endPoint) => endPoint is null ? "unknown" : RedisEndPoint.Of(endPoint).ToString();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The {ConnectionType} connection to Redis at {EndPoint} failed: {FailureType}. It is made again by itself. {Detail}")]
        internal static partial void Failed(
            ILogger logger, string endPoint, ConnectionType connectionType, ConnectionFailureType failureType, string? detail);

        [LoggerMessage(2, LogLevel.Information, "The {ConnectionType} connection to Redis at {EndPoint} is back")]
        internal static partial void Restored(ILogger logger, string endPoint, ConnectionType connectionType);

        [LoggerMessage(3, LogLevel.Warning, "Redis at {EndPoint} says: {Text}")]
        internal static partial void Refused(ILogger logger, string endPoint, string text);

        [LoggerMessage(4, LogLevel.Error, "The Redis client has an internal error in {Origin}")]
        internal static partial void Internal(ILogger logger, string? origin, Exception? error);

        [LoggerMessage(5, LogLevel.Warning, "Redis at {EndPoints} does not answer yet. The connection is made as soon as it does")]
        internal static partial void NotConnected(ILogger logger, string endPoints);
    }
}
