using Amazon.Runtime.Credentials;

namespace SetGet.Worker.Secrets;

/// <summary>
/// The connection string for Redis, out of Secrets Manager. ECS puts secrets into a container's environment by itself; Lambda
/// does not, and whatever stands in a function's environment can be read by everybody who may look at the function.
/// </summary>
internal static class RedisSecret
{
    /// <summary>The secret's ARN. Not set, <c>ConnectionStrings:redis</c> is what it is.</summary>
    public const string ArnKey = "SetGet:RedisSecretArn";

    /// <summary>AWS's own variable for another address of the service, as a VPC endpoint or a test has it.</summary>
    private const string EndpointKey = "AWS_ENDPOINT_URL_SECRETS_MANAGER";
    private const string ConnectionKey = "ConnectionStrings:redis";

    /// <summary>Fetches the secret that the configuration names, if it names one, into <c>ConnectionStrings:redis</c>.</summary>
    /// <exception cref="InvalidOperationException">The name is none, or the secret is not to be had; the message names the key.</exception>
    public static async Task AddRedisSecretAsync(this WebApplicationBuilder builder, CancellationToken cancellationToken = default)
    {
        if (builder.Configuration[ArnKey] is not { Length: > 0 } text) return;
        if (!SecretArn.TryParse(text, out var arn))
            throw new InvalidOperationException($"{ArnKey} is '{text}', but must be like arn:aws:secretsmanager:eu-central-1:123456789012:secret:name.");
        var client = new SecretsManagerClient(DefaultAWSCredentialsIdentityResolver.GetCredentials(), Endpoint(builder.Configuration), TimeProvider.System);
        try
        {
            var connection = await client.GetTextAsync(arn, cancellationToken);
            builder.Configuration.AddInMemoryCollection([new(ConnectionKey, connection)]);
        }
        catch (SecretException exception)
        {
            throw new InvalidOperationException($"{ArnKey} ({text}): {exception.Message}", exception);
        }
    }

    private static Uri? Endpoint(IConfiguration configuration)
    {
        if (configuration[EndpointKey] is not { Length: > 0 } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri : throw new InvalidOperationException($"{EndpointKey} is '{text}', but must be an absolute http or https URL.");
    }
}
