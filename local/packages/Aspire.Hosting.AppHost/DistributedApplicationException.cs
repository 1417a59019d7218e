namespace Aspire.Hosting;

/// <summary>The application is composed wrongly, or cannot start: the message says what to do.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A parameter has no value.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    public MissingParameterValueException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public MissingParameterValueException()
    {
    }
}
