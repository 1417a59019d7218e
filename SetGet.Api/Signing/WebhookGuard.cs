using Microsoft.Extensions.Options;
using SetGet.Api.Access;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;

namespace SetGet.Api.Signing;

/// <summary>
/// Lets a raw webhook in. A flow without secrets asks for an API key. A flow with secrets asks for a valid signature of one of
/// them; an API key may be added, and must then be valid too, but is not needed: GitHub and Stripe cannot send one.
/// </summary>
internal sealed class WebhookGuard(FlowSecrets flowSecrets, IOptions<WebhookOptions> options, TimeProvider time)
{
    private readonly FlowSecrets _secrets = flowSecrets;
    private readonly TimeSpan _tolerance = TimeSpan.FromSeconds(options.Value.ToleranceSeconds);
    private readonly TimeProvider _time = time;

    /// <summary>The flow's secrets. Before the body is read, so that a stranger's is not.</summary>
    /// <exception cref="ProblemException">401: the flow has none, and the request has no API key.</exception>
    public async Task<IReadOnlyList<FlowSecret>> SecretsAsync(string account, string flow, ApiKey? caller, CancellationToken cancellationToken)
    {
        var secrets = await _secrets.GetAsync(account, flow, cancellationToken);
        if (secrets.Count == 0 && caller is null) throw new ProblemException(ProblemKinds.NoCredentials(AccessMiddleware.HowToSendKey));
        return secrets;
    }

    /// <summary>Checks the signature. The idempotency key that it gives; null where the flow has no secrets.</summary>
    /// <exception cref="ProblemException">401: none of the secrets made a signature of this body, now.</exception>
    public string? Check(HttpRequest request, ReadOnlySpan<byte> body, IReadOnlyList<FlowSecret> secrets)
    {
        if (secrets.Count == 0) return null;
        var worst = SignatureFinding.Missing;
        foreach (var secret in secrets)
        {
            var scheme = SignatureSchemes.All[secret.Scheme];
            var finding = scheme.Check(request.Headers, body, secret.Secret, _time.GetUtcNow(), _tolerance);
            if (finding == SignatureFinding.Valid) return Signatures.IdempotencyKey(scheme, request.Headers, body);
            if (finding > worst) worst = finding;
        }

        throw new ProblemException(ProblemKinds.BadSignature(Explain(worst, secrets)));
    }

    private string Explain(SignatureFinding finding, IReadOnlyList<FlowSecret> secrets) => finding switch
    {
        SignatureFinding.Missing
            => "This flow takes signed webhooks only: send "
            + string.Join(", or ", secrets.Select(each => SignatureSchemes.All[each.Scheme].Headers).Distinct()) + ".",
        SignatureFinding.OutOfTime
            => $"The signature is right, but its time is not within {_tolerance.TotalSeconds} seconds of now. Check the sender's clock; a retry needs "
                + "a new signature.",
        _ => "The signature was not made with one of the flow's secrets over exactly this body. Check that both sides have the same secret, and that "
            + "nothing between them changes the body.",
    };
}
