using System.Net;
using System.Net.Sockets;
using System.Text;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Overload;

/// <summary>Many connections to one API that do little, or nothing.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<Socket> _sockets = [];

    internal int Count => _sockets.Count;

    /// <summary>Connects so many, and sends the same on each: nothing, a request that waits, the beginning of one.</summary>
    internal static async Task<Crowd> ComeAsync(World world, int count, Func<int, string> send, CancellationToken cancellationToken)
    {
        var crowd = new Crowd();
        for (var number = 0; number < count; number++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            crowd._sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, world.Apis[0].Address.Port, cancellationToken);
            if (send(number) is { Length: > 0 } text) await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        }

        return crowd;
    }

    /// <summary>Sends one byte on each. Answers how many the server has ended by now.</summary>
    internal int Trickle()
    {
        var ended = 0;
        foreach (var socket in _sockets)
        {
            try
            {
                if (socket.Poll(0, SelectMode.SelectRead)) ended++;
                else socket.Send("x"u8);
            }
            catch (SocketException)
            {
                ended++;
            }
        }

        return ended;
    }

    /// <summary>How many have got an answer, or the end of their connection.</summary>
    internal int Answered() => _sockets.Count(socket => socket.Poll(0, SelectMode.SelectRead));

    public void Dispose()
    {
        foreach (var socket in _sockets) socket.Dispose();
    }

    internal static string Waiting(int number) => $"GET /get/crowd-{number % 500}?account=zeta&wait=20 HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {World.RootKey}\r\n\r\n";

    internal static string Beginning(int number)
        => $"POST /hooks/zeta/flow/slow-{number} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {World.RootKey}\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n";
}
