using System.Net.Sockets;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>How a request over HTTP fails where connections are cut and processes killed.</summary>
internal static class Connections
{
    /// <summary>No answer came: it was refused, broke off, took too long, or was reset in the instant in which it was made.</summary>
    internal static bool Broke(Exception exception) => exception is HttpRequestException or IOException or SocketException or OperationCanceledException;
}
