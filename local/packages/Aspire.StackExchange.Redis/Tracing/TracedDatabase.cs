using System.Diagnostics;
using System.Reflection;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis.Tracing;

/// <summary>
/// A database whose every command has a span. It exists for one call, and only where the call is traced, so that what
/// reflection costs does not count. Commands of a batch or a transaction are not seen: they are sent together later.
/// </summary>
public class TracedDatabase : DispatchProxy
{
    private IDatabase _inner = null!;
    private RedisEndPoint? _server;

    internal static IDatabase Around(IDatabase inner, RedisEndPoint? server)
    {
        var database = Create<IDatabase, TracedDatabase>();
        var proxy = (TracedDatabase)(object)database;
        proxy._inner = inner;
        proxy._server = server;
        return database;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (RedisCommands.Name(targetMethod, args) is not { } command || RedisSpans.Start(command, _inner.Database, _server) is not { } span)
            return Call(targetMethod, args);
        try
        {
            var result = Call(targetMethod, args);
            if (result is Task task)
                _ = task.ContinueWith(
                    static (done, state) => RedisSpans.End((Activity)state!, done.Exception?.InnerException),
                    span,
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            else
                RedisSpans.End(span, error: null);
            return result;
        }
        catch (Exception error)
        {
            RedisSpans.End(span, error);
            throw;
        }
    }

    private object? Call(MethodInfo method, object?[]? arguments) =>
        method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
}
