namespace Gateway.Velocity;

/// <summary>A template that cannot be parsed, or that fails while it is rendered. The message names line and column, both from 1.</summary>
public sealed class VelocityException : Exception
{
    public VelocityException()
    {
    }

    public VelocityException(string message)
        : base(message)
    {
    }

    public VelocityException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
