using System.Net.Sockets;

namespace SetGet.Core;

/// <summary>How a request over HTTP fails when nobody answers it.</summary>
public static class NetworkFault
{
    /// <summary>
    /// It was refused, broke off (within an answer that is an <see cref="IOException"/>), was reset in the instant in which it was made (a
    /// <see cref="SocketException"/>, from which <see cref="HttpClient"/> makes no exception of its own), or took too long.
    /// </summary>
    public static bool Is(Exception exception) => exception is HttpRequestException or IOException or SocketException or TimeoutException;
}
