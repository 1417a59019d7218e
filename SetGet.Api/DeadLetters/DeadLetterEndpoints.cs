using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;

namespace SetGet.Api.DeadLetters;

/// <summary><c>/dead-letters</c>: for the root key.</summary>
internal static class DeadLetterEndpoints
{
    /// <summary>Longest id or filter that is looked for. Characters.</summary>
    private const int MaxTextLength = 128;

    private const string TasksExample = """{"tasks":[{"status":"RUNNING","moved":120,"toMove":400,"startedAt":"2026-01-31T12:00:00.123Z"}]}""";

    private static readonly Parameter Account = new("account", ParameterLocation.Query, "Only those of this account.", "acme");
    private static readonly Parameter Flow = new("flow", ParameterLocation.Query, "Only those of this flow.", "orders");
    private static readonly Parameter Reason = new("reason", ParameterLocation.Query, "Only those with this reason.", "not-json");
    private static readonly Parameter After = new("after", ParameterLocation.Query, "The 'next' of an earlier answer.");
    private static readonly NumberParameter Limit = new("limit", "Most dead letters of one page.", 1, 1000, Default: 100);
    private static readonly Parameter Id = new("id", ParameterLocation.Path, "The SQS message id.", "5d3c1b2a-0f9e-4d8c-b7a6-958473625140");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dead-letters").WithTags("Dead letters").RequireRole(ApiKeyRoles.Root);
        group.MapGet("", ListAsync).WithName("listDeadLetters")
            .WithSummary("Look at dead letters")
            .WithDescription("Oldest first, without consuming them. While they are looked at they are hidden from other look-ups, for a moment.")
            .Takes(Account, Flow, Reason, After, Limit)
            .Answers<DeadLetterPage>(200, "A page; `next` is absent on the last.", DeadLetterPage.Example);
        MapRedrive(group);
        group.MapPost("/{id}/redrive", RedriveOneAsync).WithName("redriveOne")
            .WithSummary("Send one dead letter back")
            .WithDescription("Its text goes to the events queue, unchanged.")
            .Takes(Id).Answers(204, "It is back in the events queue.").Fails(404);
        group.MapDelete("/{id}", DropAsync).WithName("dropDeadLetter")
            .WithSummary("Drop one dead letter")
            .WithDescription("It is gone for good.")
            .Takes(Id).Answers(204, "It is gone.").Fails(404);
    }

    private static void MapRedrive(RouteGroupBuilder group)
    {
        group.MapPost("/redrive", StartRedriveAsync).WithName("redriveAll")
            .WithSummary("Send all dead letters back")
            .WithDescription("SQS moves them to the events queue; those that fail again come back.")
            .Answers<RedriveList>(202, "It runs.", TasksExample, new HeaderDescription("Location", "Where the progress is told.", "/dead-letters/redrive"))
            .Fails(409);
        group.MapGet("/redrive", ProgressAsync).WithName("redriveProgress")
            .WithSummary("See how far a redrive is")
            .WithDescription("The redrives that SQS remembers, newest first.")
            .Answers<RedriveList>(200, "The redrives; there may be none.", TasksExample);
    }

    private static async Task<IResult> ListAsync(HttpContext context, DeadLetterQueue queue)
    {
        var query = new QueryReader(context.Request);
        var filter = new DeadLetterFilter(Filter(query, Account), Filter(query, Flow), Filter(query, Reason));
        var limit = query.Number(Limit)!.Value;
        DeadLetterList.Position? after = null;
        if (query.Text(After) is { } text && (after = DeadLetterList.Position.Parse(text)) is null)
            query.Errors.Add(After.Name, "Must be the 'next' of an earlier answer; leave it out to begin with the oldest.");
        query.Errors.ThrowIfAny();
        return TypedResults.Json(await queue.ListAsync(filter, after, limit, context.RequestAborted), DeadLettersJson.Wire.DeadLetterPage);
    }

    private static async Task<IResult> StartRedriveAsync(HttpContext context, DeadLetterQueue queue)
    {
        await queue.StartRedriveAsync(context.RequestAborted);
        context.Response.Headers.Location = "/dead-letters/redrive";
        return TypedResults.Json(
            await queue.ProgressAsync(context.RequestAborted), DeadLettersJson.Wire.RedriveList, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ProgressAsync(HttpContext context, DeadLetterQueue queue)
        => TypedResults.Json(await queue.ProgressAsync(context.RequestAborted), DeadLettersJson.Wire.RedriveList);

    private static async Task<IResult> RedriveOneAsync(HttpContext context, string id, DeadLetterQueue queue)
        => id.Length <= MaxTextLength && await queue.RedriveAsync(id, context.RequestAborted) ? TypedResults.NoContent() : throw NoSuch();

    private static async Task<IResult> DropAsync(HttpContext context, string id, DeadLetterQueue queue)
        => id.Length <= MaxTextLength && await queue.DropAsync(id, context.RequestAborted) ? TypedResults.NoContent() : throw NoSuch();

    private static string? Filter(in QueryReader query, Parameter parameter)
    {
        var text = query.Text(parameter);
        if (text?.Length > MaxTextLength) query.Errors.Add(parameter.Name, $"Must be at most {MaxTextLength} characters.");
        return text;
    }

    private static ProblemException NoSuch()
        => new(ProblemKinds.NotFound("There is no such dead letter now; it may have been sent back or dropped, or another look-up holds it for a moment."));
}
