using System.Text;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Api.Accounts;

/// <summary>An example of what a sender sends.</summary>
/// <param name="Body">Its body, as text.</param>
/// <param name="KeyRules">The rules to try; the flow's where absent.</param>
/// <param name="ContentType">Its content type; <c>application/json</c> where absent.</param>
/// <param name="Headers">Its headers, at most 64.</param>
public sealed record SourceTrial(
    string Body, IReadOnlyList<string>? KeyRules = null, string? ContentType = null, IReadOnlyDictionary<string, string>? Headers = null);

/// <summary>What the rules make of the example.</summary>
/// <param name="Keys">The webhook keys, distinct, in the order of the rules.</param>
/// <param name="Rules">Each rule with its keys, or why it made none.</param>
/// <param name="Fault">Why such an event would be refused; absent where it would not, or would for its having no key.</param>
public sealed record SourceTrialResult(IReadOnlyList<string> Keys, IReadOnlyList<RuleOutcome> Rules, string? Fault = null);

/// <summary><c>POST .../source/try</c>: what key rules make of an example.</summary>
internal static class SourceTrialEndpoint
{
    /// <summary>What <c>{id}</c> stands for: an example is no event, and has no id.</summary>
    private const string ExampleId = "00000000-0000-7000-8000-000000000000";

    /// <summary>An answer with more would help nobody.</summary>
    private const int MaxKeys = 1000;

    private const string Example = """{"keyRules":["order-{/orderId}","customer:{/customer/id}"],"body":"{\"orderId\":4711,\"customer\":null}"}""";

    private const string ExampleResult =
        """{"keys":["order-4711"],"rules":[{"rule":"order-{/orderId}","keys":["order-4711"]},{"rule":"customer:{/customer/id}","keys":[],"why":"/customer/id is not there."}]}""";

    public static void Map(IEndpointRouteBuilder group)
        => group.MapPost("/try", TryAsync).WithName("trySource")
            .WithSummary("Try key rules on an example")
            .WithDescription($"Which webhook keys the given rules, or the flow's, make of an example, and why a rule makes none. Nothing is stored. `{{id}}` stands for `{ExampleId}`.")
            .Reads<SourceTrial>("The example's body, and what else it has.", Example)
            .Answers<SourceTrialResult>(200, "The keys, in all and rule by rule.", ExampleResult);

    private static async Task<IResult> TryAsync(HttpContext context, FlowSources sources, AccountLimits limits)
    {
        var (account, flow) = AccountRoute.Read(context);
        var errors = new InputErrors();
        var trial = await JsonBody.ReadAsync(context, AccountsJson.Wire.SourceTrial, errors);
        var headers = Headers(trial.Headers, errors);
        var contentType = trial.ContentType ?? EventRequest.Json;
        if (!Names.IsContentType(contentType)) errors.Add("contentType", "Must be " + Names.ContentTypeRule);
        var given = trial.KeyRules is null ? null : KeyRules.Parse(trial.KeyRules, errors);
        errors.ThrowIfAny();

        var rules = given ?? (await sources.GetAsync(account, flow!, context.RequestAborted))?.Rules ?? KeyRules.None;
        var limit = await limits.MaxKeysPerEventAsync(account, context.RequestAborted);
        var maxKeys = limit == 0 ? MaxKeys : Math.Min(limit, MaxKeys);
        var body = Encoding.UTF8.GetBytes(trial.Body);
        var (keys, fault) = rules.Evaluate(body, contentType, headers, ExampleId, maxKeys);
        var outcomes = rules.Explain(body, contentType, headers, ExampleId, maxKeys);
        return TypedResults.Json(new SourceTrialResult(keys, outcomes, fault?.Detail), AccountsJson.Wire.SourceTrialResult);
    }

    private static Dictionary<string, string> Headers(IReadOnlyDictionary<string, string>? given, InputErrors errors)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? headers)
        {
            // The reader checks what a member is, not what is in a dictionary.
            if ((string?)value is null) errors.Add("headers", "Must be texts: one is null.");
            else if (!headers.TryAdd(name.ToLowerInvariant(), value)) errors.Add("headers", "Must name each header once, whatever its case.");
        }

        if (headers.Count > HeaderRules.MaxCount) errors.Add("headers", $"Must be at most {HeaderRules.MaxCount}.");
        return headers;
    }
}
