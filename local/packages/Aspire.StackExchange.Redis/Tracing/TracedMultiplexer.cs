using System.Net;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis.Tracing;

/// <summary>
/// The client, but that its databases write spans. Not by the client's own profiler: that one fails the commands of a
/// script (a message that is sent as two is marked as sent twice, which it takes for a fault), and knows no errors.
/// </summary>
internal sealed class TracedMultiplexer(IConnectionMultiplexer inner) : IConnectionMultiplexer, IDisposable
{
    private readonly RedisEndPoint? _server = inner.GetEndPoints(configuredOnly: true) is [var first, ..] ? RedisEndPoint.Of(first) : null;

    public string ClientName => inner.ClientName;

    public string Configuration => inner.Configuration;

    public int TimeoutMilliseconds => inner.TimeoutMilliseconds;

    public long OperationCount => inner.OperationCount;

    public bool PreserveAsyncOrder
    {
        get => inner.PreserveAsyncOrder;
        set => inner.PreserveAsyncOrder = value;
    }

    public bool IsConnected => inner.IsConnected;

    public bool IncludeDetailInExceptions
    {
        get => inner.IncludeDetailInExceptions;
        set => inner.IncludeDetailInExceptions = value;
    }

    public int StormLogThreshold
    {
        get => inner.StormLogThreshold;
        set => inner.StormLogThreshold = value;
    }

    public event EventHandler<RedisErrorEventArgs> ErrorMessage
    {
        add => inner.ErrorMessage += value;
        remove => inner.ErrorMessage -= value;
    }

    public event EventHandler<ConnectionFailedEventArgs> ConnectionFailed
    {
        add => inner.ConnectionFailed += value;
        remove => inner.ConnectionFailed -= value;
    }

    public event EventHandler<InternalErrorEventArgs> InternalError
    {
        add => inner.InternalError += value;
        remove => inner.InternalError -= value;
    }

    public event EventHandler<ConnectionFailedEventArgs> ConnectionRestored
    {
        add => inner.ConnectionRestored += value;
        remove => inner.ConnectionRestored -= value;
    }

    public event EventHandler<EndPointEventArgs> ConfigurationChanged
    {
        add => inner.ConfigurationChanged += value;
        remove => inner.ConfigurationChanged -= value;
    }

    public event EventHandler<EndPointEventArgs> ConfigurationChangedBroadcast
    {
        add => inner.ConfigurationChangedBroadcast += value;
        remove => inner.ConfigurationChangedBroadcast -= value;
    }

    public event EventHandler<HashSlotMovedEventArgs> HashSlotMoved
    {
        add => inner.HashSlotMoved += value;
        remove => inner.HashSlotMoved -= value;
    }

    public void RegisterProfiler(IProfiler profiler) => inner.RegisterProfiler(profiler);

    public void BeginProfiling(object? forContext) => inner.BeginProfiling(forContext);

    public ProfiledCommandEnumerable FinishProfiling(object? forContext, bool allowCleanupSweep = true) => inner.FinishProfiling(forContext, allowCleanupSweep);

    public ServerCounters GetCounters() => inner.GetCounters();

    public EndPoint[] GetEndPoints(bool configuredOnly = false) => inner.GetEndPoints(configuredOnly);

    public void Wait(Task task) => inner.Wait(task);

    public T Wait<T>(Task<T> task) => inner.Wait(task);

    public void WaitAll(params Task[] tasks) => inner.WaitAll(tasks);

    public int HashSlot(RedisKey key) => inner.HashSlot(key);

    public ISubscriber GetSubscriber(object? asyncState = null) => inner.GetSubscriber(asyncState);

    /// <summary>Where no span is wanted, it is the client's own database: reading costs nothing then.</summary>
    public IDatabase GetDatabase(int db = -1, object? asyncState = null)
    {
        var database = inner.GetDatabase(db, asyncState);
        return RedisSpans.AreWanted ? TracedDatabase.Around(database, _server) : database;
    }

    public IServer GetServer(string host, int port, object? asyncState = null) => inner.GetServer(host, port, asyncState);

    public IServer GetServer(string hostAndPort, object? asyncState = null) => inner.GetServer(hostAndPort, asyncState);

    public IServer GetServer(IPAddress host, int port) => inner.GetServer(host, port);

    public IServer GetServer(EndPoint endpoint, object? asyncState = null) => inner.GetServer(endpoint, asyncState);

    public Task<bool> ConfigureAsync(TextWriter? log = null) => inner.ConfigureAsync(log);

    public bool Configure(TextWriter? log = null) => inner.Configure(log);

    public string GetStatus() => inner.GetStatus();

    public void GetStatus(TextWriter log) => inner.GetStatus(log);

    public override string? ToString() => inner.ToString();

    public void Close(bool allowCommandsToComplete = true) => inner.Close(allowCommandsToComplete);

    public Task CloseAsync(bool allowCommandsToComplete = true) => inner.CloseAsync(allowCommandsToComplete);

    public void Dispose() => inner.Dispose();

    public string GetStormLog() => inner.GetStormLog();

    public void ResetStormLog() => inner.ResetStormLog();

    public long PublishReconfigure(CommandFlags flags = CommandFlags.None) => inner.PublishReconfigure(flags);

    public Task<long> PublishReconfigureAsync(CommandFlags flags = CommandFlags.None) => inner.PublishReconfigureAsync(flags);
}
