namespace Gateway.Definition;

/// <summary>A template declares an API that cannot be played here; the message says what and where.</summary>
public sealed class GatewayException : Exception
{
    public GatewayException()
    {
    }

    public GatewayException(string message)
        : base(message)
    {
    }

    public GatewayException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
