using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Engine;

/// <summary>
/// Finds free ports. They come from below the range that systems give to outgoing connections, so that no connection takes
/// one between its choice and its use; within a process none is given twice.
/// </summary>
internal static class FreePorts
{
    private const int First = 15_400;
    private const int Last = 32_000;
    private const int Attempts = 1_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Next()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            if (!IsInUse(port) && Given.TryAdd(port, value: true))
                return port;
        }

        throw new DistributedApplicationException($"No free port was found between {First} and {Last}.");
    }

    /// <summary>The resource is gone: others may have its port.</summary>
    public static void Return(int port) => Given.TryRemove(port, out _);

    public static bool IsInUse(int port)
        => !CanBind(IPAddress.Loopback, port) || (Socket.OSSupportsIPv6 && !CanBind(IPAddress.IPv6Loopback, port));

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // No IPv6 loopback on this machine: nobody can listen there either.
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AccessDenied)
        {
            return false;
        }
    }
}
