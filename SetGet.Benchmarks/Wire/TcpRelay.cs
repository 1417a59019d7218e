using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SetGet.Benchmarks.Wire;

/// <summary>Is told of what goes over one connection. Both directions call it at once.</summary>
internal interface IWireWatcher
{
    void Sent(ReadOnlySpan<byte> bytes);

    void Answered(ReadOnlySpan<byte> bytes);
}

/// <summary>
/// Stands between a client and a server of this machine: counts what goes through, or makes the way longer. A delay holds back each piece for as long,
/// however many are on their way: it is distance, not bandwidth.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly TimeSpan _delay;
    private readonly Func<IWireWatcher>? _watch;
    private readonly Task _accepting;

    /// <param name="server">The server's port.</param>
    /// <param name="delay">Of each direction.</param>
    /// <param name="watch">Gives each connection its watcher.</param>
    internal TcpRelay(int server, TimeSpan delay = default, Func<IWireWatcher>? watch = null)
    {
        _server = server;
        _delay = delay;
        _watch = watch;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    internal int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(RelayAsync(await _listener.AcceptSocketAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var _ = client;
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
            var watcher = _watch?.Invoke();
            // Where one end closes, the other has nobody to talk to.
            await await Task.WhenAny(
                PumpAsync(client, server, watcher is null ? null : watcher.Sent), PumpAsync(server, client, watcher is null ? null : watcher.Answered));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The connection is over, as its ends see for themselves.
        }
    }

    private Task PumpAsync(Socket from, Socket to, WatchBytes? watch)
        => _delay == TimeSpan.Zero ? PassAsync(from, to, watch) : DelayAsync(from, to, watch);

    private async Task PassAsync(Socket from, Socket to, WatchBytes? watch)
    {
        var buffer = new byte[PieceBytes];
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var length)
        {
            watch?.Invoke(buffer.AsSpan(0, length));
            await SendAsync(to, buffer.AsMemory(0, length));
        }
    }

    private async Task DelayAsync(Socket from, Socket to, WatchBytes? watch)
    {
        var onTheWay = Channel.CreateUnbounded<(long Due, byte[] Buffer, int Length)>();
        var arriving = ArriveAsync(onTheWay.Reader, to);
        while (true)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
            var length = await from.ReceiveAsync(buffer, _end.Token);
            if (length == 0) break;
            watch?.Invoke(buffer.AsSpan(0, length));
            await onTheWay.Writer.WriteAsync((Stopwatch.GetTimestamp() + (long)(_delay.TotalSeconds * Stopwatch.Frequency), buffer, length), _end.Token);
        }

        onTheWay.Writer.Complete();
        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(long Due, byte[] Buffer, int Length)> onTheWay, Socket to)
    {
        await foreach (var (due, buffer, length) in onTheWay.ReadAllAsync(_end.Token))
        {
            var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            // Timers count in milliseconds and end late rather than early: what is shorter than one is not waited for.
            if (early.TotalMilliseconds >= 1) await Task.Delay(TimeSpan.FromMilliseconds((int)early.TotalMilliseconds), TimeProvider.System, _end.Token);
            await SendAsync(to, buffer.AsMemory(0, length));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await to.SendAsync(bytes, _end.Token)..];
    }

    private delegate void WatchBytes(ReadOnlySpan<byte> bytes);
}
