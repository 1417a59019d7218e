using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Engine;

/// <summary>Spreads the connections to one endpoint over the processes behind it, one after the other.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _listeners = [];
    private readonly IReadOnlyList<int> _targets;
    private readonly List<Task> _accepting = [];
    private int _next;

    /// <exception cref="SocketException">The port is in use.</exception>
    public TcpProxy(int port, IReadOnlyList<int> targets)
    {
        _targets = targets;
        Listen(IPAddress.Loopback, port);
        if (Socket.OSSupportsIPv6)
            TryListenOnIPv6(port);
        _accepting.AddRange(_listeners.Select(AcceptAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
            listener.Dispose();
        await Task.WhenAll(_accepting);
        _stop.Dispose();
    }

    private static async Task PumpAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            var rest = buffer.AsMemory(0, read);
            while (rest.Length > 0)
                rest = rest[await to.SendAsync(rest, cancellationToken)..];
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private void Listen(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listeners.Add(socket);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen();
    }

    private void TryListenOnIPv6(int port)
    {
        try
        {
            Listen(IPAddress.IPv6Loopback, port);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            _listeners.RemoveAt(_listeners.Count - 1);
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or a caller that went away before it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (var target = await ConnectAsync())
        {
            if (target is null)
                return;
            client.NoDelay = true;
            target.NoDelay = true;
            try
            {
                var up = PumpAsync(client, target, _stop.Token);
                var down = PumpAsync(target, client, _stop.Token);
                await Task.WhenAll(up, down);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Either side went away; the other is closed with it.
            }
        }
    }

    /// <summary>The next process that answers; null where none does.</summary>
    private async Task<Socket?> ConnectAsync()
    {
        for (var attempt = 0; attempt < _targets.Count; attempt++)
        {
            var port = _targets[(int)((uint)Interlocked.Increment(ref _next) % (uint)_targets.Count)];
            foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await socket.ConnectAsync(new IPEndPoint(address, port), _stop.Token);
                    return socket;
                }
                catch (Exception exception) when (exception is SocketException or OperationCanceledException)
                {
                    socket.Dispose();
                }
            }
        }

        return null;
    }
}
