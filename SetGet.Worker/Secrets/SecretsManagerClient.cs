using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using SetGet.Core;

namespace SetGet.Worker.Secrets;

/// <summary>
/// The one call of Secrets Manager that SetGet makes: <c>GetSecretValue</c>, JSON over HTTPS, signed by the AWS SDK's core.
/// </summary>
internal sealed class SecretsManagerClient(AWSCredentials credentials, Uri? endpoint, TimeProvider time)
{
    private const string Service = "secretsmanager";
    private const string Target = "secretsmanager.GetSecretValue";
    private const string ContentType = "application/x-amz-json-1.1";
    private const string SignedHeaders = "content-type;host;x-amz-date;x-amz-target";
    private const string SignedHeadersWithToken = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";

    /// <summary>A secret has at most 64 KB; the rest is the answer around it, every character escaped.</summary>
    private const int LongestAnswer = 512 * 1024;
    private const int Attempts = 3;

    /// <summary>Three of these and the pauses fit into the ten seconds that Lambda gives a function to start.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The text of a secret.</summary>
    /// <exception cref="SecretException">There is no such text, or it is not to be had; the message says what AWS says.</exception>
    public async Task<string> GetTextAsync(SecretArn secret, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = AttemptTimeout, MaxResponseContentBufferSize = LongestAnswer };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = await SignedAsync(secret, cancellationToken);
                using var response = await http.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.IsSuccessStatusCode) return Text(body);
                if (attempt == Attempts || !MayPass(response.StatusCode)) throw new SecretException(
                    $"Secrets Manager answers {(int)response.StatusCode}: {body}");
            }
            catch (Exception exception) when (NetworkFault.Is(exception))
            {
                if (attempt == Attempts) throw new SecretException($"Secrets Manager is not reachable: {exception.Message}", exception);
            }
            catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt == Attempts) throw new SecretException($"Secrets Manager does not answer within {AttemptTimeout.TotalSeconds} seconds.", exception);
            }

            await Task.Delay(Pause * attempt, time, cancellationToken);
        }
    }

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>The secret's text, of an answer.</summary>
    internal static string Text(string body)
    {
        try
        {
            return (string?)JsonNode.Parse(body)?["SecretString"] ?? throw new SecretException("The secret is binary: it has no SecretString.");
        }
        // The last is of a member that is there twice.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The answer itself may hold the secret, and is in no message.
            throw new SecretException("Secrets Manager's answer cannot be read.", exception);
        }
    }

    private async Task<HttpRequestMessage> SignedAsync(SecretArn secret, CancellationToken cancellationToken)
    {
        var keys = await credentials.GetCredentialsAsync().WaitAsync(AttemptTimeout, time, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var date = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var address = endpoint ?? secret.Endpoint;
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["SecretId"] = secret.Text }.ToJsonString());
        var token = keys.UseToken ? $"x-amz-security-token:{keys.Token}\n" : "";
        var headers = keys.UseToken ? SignedHeadersWithToken : SignedHeaders;
        var canonical = $"POST\n/\n\ncontent-type:{ContentType}\nhost:{address.Authority}\nx-amz-date:{date}\n{token}x-amz-target:{Target}\n\n"
            + $"{headers}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";
        var signature = AWS4Signer.ComputeSignature(keys, secret.Region, now, Service, headers, canonical);

        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        request.Headers.Add("X-Amz-Date", date);
        request.Headers.Add("X-Amz-Target", Target);
        if (keys.UseToken) request.Headers.Add("X-Amz-Security-Token", keys.Token);
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return request;
    }
}

/// <summary>A secret that is not to be had.</summary>
internal sealed class SecretException : Exception
{
    public SecretException(string message) : base(message) { }

    public SecretException(string message, Exception inner) : base(message, inner) { }
}
