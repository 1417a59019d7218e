using Microsoft.OpenApi;
using SetGet.Core.Events;

namespace SetGet.Api.Http;

/// <summary>
/// A parameter of a route. It is declared once, beside the route: the handler reads it by its declaration, the OpenAPI document tells of it, so a
/// limit stands in one place.
/// </summary>
/// <param name="Name">As the request has it.</param>
/// <param name="In">Where it is.</param>
/// <param name="Description">What it does, in Markdown.</param>
/// <param name="Example">A value; null for none.</param>
internal record Parameter(string Name, ParameterLocation In, string Description, string? Example = null)
{
    /// <summary>A regular expression that it matches.</summary>
    public string? Pattern { get; init; }

    public bool IsRepeatable { get; init; }

    /// <summary>Whether there are values that get 400.</summary>
    public virtual bool CanBeWrong => Pattern is not null;

    public static Parameter AccountId { get; } = new("accountId", ParameterLocation.Path, "The account.", "acme") { Pattern = Names.IdPattern };

    public static Parameter FlowId { get; } =
        new("flowId", ParameterLocation.Path, "The flow, one integration of the account.", "orders") { Pattern = Names.IdPattern };

    public static Parameter WebhookKey { get; } =
        new("webhookKey", ParameterLocation.Path, "The webhook key.", "order-42") { Pattern = Names.WebhookKeyPattern };
}

/// <summary>A whole number in the query.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The most.</param>
/// <param name="Default">What holds where it is absent; null for nothing.</param>
internal sealed record NumberParameter(string Name, string Description, int Minimum, int Maximum, int? Default = null)
    : Parameter(Name, ParameterLocation.Query, Description)
{
    public override bool CanBeWrong => true;
}

/// <summary>A number of whole seconds or fractions in the query; 0 where it is absent.</summary>
/// <param name="Maximum">The most.</param>
internal sealed record SecondsParameter(string Name, string Description, int Maximum)
    : Parameter(Name, ParameterLocation.Query, Description, "0")
{
    public override bool CanBeWrong => true;
}
