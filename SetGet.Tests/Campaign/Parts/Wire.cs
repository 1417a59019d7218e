using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>What goes wrong on a <see cref="Wire"/>.</summary>
internal enum WireFault
{
    None,

    /// <summary>Everything takes a fifth of a second longer, each way.</summary>
    Slow,

    /// <summary>Nothing goes through, and nobody is told.</summary>
    Stalled,

    /// <summary>Requests go through, answers vanish.</summary>
    HalfOpen,

    /// <summary>Connections are reset, and new ones are closed at once.</summary>
    Cut,

    /// <summary>Answers end in the middle, with their connection.</summary>
    Torn,

    /// <summary>Connections are reset, and new ones get a refusal in place of what they ask for: as of a server, or a proxy, that has enough of them.</summary>
    Refused,
}

/// <summary>The network between SetGet and what it depends on, on which faults are switched on and off.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private const int PieceBytes = 64 * 1024;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Lock _lock = new();
    private readonly int _server;
    private readonly byte[] _refusal;
    private readonly Task _accepting;
    private volatile WireFault _fault;
    private volatile byte[]? _answer;
    private TaskCompletionSource _gate = Opened();

    /// <param name="server">The port of whoever is behind it.</param>
    /// <param name="refusal">What that answers to one connection too many.</param>
    internal Wire(int server, string refusal)
    {
        _server = server;
        _refusal = Encoding.ASCII.GetBytes(refusal);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    internal int Port { get; }

    /// <summary>Switches a fault on, or all off.</summary>
    internal void Set(WireFault fault)
    {
        lock (_lock)
        {
            _fault = fault;
            if (fault == WireFault.Stalled) _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            else _gate.TrySetResult();
            if (fault is not (WireFault.Cut or WireFault.Refused)) return;
            foreach (var socket in _open) Reset(socket);
            _open.Clear();
        }
    }

    /// <summary>Whatever is answered from here on is this, in its place; null: what it is.</summary>
    internal void Answer(byte[]? bytes) => _answer = bytes;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Set(WireFault.Cut);
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    // With RST instead of FIN: as a firewall that forgot the connection, or a host that fell over.
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(RelayAsync(await _listener.AcceptSocketAsync(_end.Token)));
                connections.RemoveAll(each => each.IsCompleted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            lock (_lock)
            {
                _open.Add(client);
                _open.Add(server);
            }

            if (_fault == WireFault.Cut)
            {
                Reset(client);
                return;
            }

            if (_fault == WireFault.Refused)
            {
                await client.SendAsync(_refusal, _end.Token);
                client.Shutdown(SocketShutdown.Both);
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
            // Where one end closes, the other has nobody to talk to.
            await await Task.WhenAny(PumpAsync(client, server, isAnswer: false), PumpAsync(server, client, isAnswer: true));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The connection is over, as its ends see for themselves.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(client);
                _open.Remove(server);
            }

            client.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[PieceBytes];
        var isBroken = false;
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var length)
        {
            if (_fault == WireFault.Slow) await Task.Delay(Delay, TimeProvider.System, _end.Token);
            await _gate.Task.WaitAsync(_end.Token);
            // What comes after something that was lost is never delivered: the connection is over, when anybody notices.
            isBroken |= _fault == WireFault.HalfOpen && isAnswer;
            if (isBroken && _fault != WireFault.HalfOpen) return;
            if (isBroken) continue;
            if (_fault == WireFault.Torn && isAnswer)
            {
                await to.SendAsync(buffer.AsMemory(0, length / 2), _end.Token);
                return;
            }

            for (var rest = isAnswer && _answer is { } other ? other : buffer.AsMemory(0, length); !rest.IsEmpty;) rest = rest[await to.SendAsync(rest, _end.Token)..];
        }
    }
}
