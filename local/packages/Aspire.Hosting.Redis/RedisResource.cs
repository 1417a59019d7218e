namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis server.</summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";

    private EndpointReference? _primaryEndpoint;

    public RedisResource(string name)
        : base(name)
    {
    }

    public RedisResource(string name, ParameterResource password)
        : this(name)
        => PasswordParameter = password;

    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new EndpointReference(this, PrimaryEndpointName);

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ParameterResource? PasswordParameter { get; private set; }

    /// <summary>Never: everything listens on loopback, in plain text.</summary>
    public bool TlsEnabled => false;

    /// <summary><c>host:port,password=PASSWORD</c>.</summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var text = new ReferenceExpressionBuilder();
            text.Append($"{Host}:{Port}");
            if (PasswordParameter is not null)
                text.Append($",password={PasswordParameter}");
            return text.Build();
        }
    }

    /// <summary><c>redis://:PASSWORD@host:port</c>.</summary>
    public ReferenceExpression UriExpression
    {
        get
        {
            var text = new ReferenceExpressionBuilder();
            text.AppendLiteral("redis://");
            if (PasswordParameter is not null)
                text.Append($":{PasswordParameter:uri}@");
            text.Append($"{Host}:{Port}");
            return text.Build();
        }
    }

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => ConnectionStringExpression.GetValueAsync(cancellationToken);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        if (PasswordParameter is not null)
            yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
        yield return new("Uri", UriExpression);
    }

    internal void SetPassword(ParameterResource? password) => PasswordParameter = password;
}
