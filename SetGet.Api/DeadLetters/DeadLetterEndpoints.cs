using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Core.Events;

namespace SetGet.Api.DeadLetters;

/// <summary><c>/dead-letters</c>: for the root key.</summary>
internal static class DeadLetterEndpoints
{
    /// <summary>Longest id or filter that is looked for. Characters.</summary>
    private const int MaxTextLength = 128;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dead-letters").WithMetadata(new NeedsRight(Right.Root));
        group.MapGet("", ListAsync).WithName("listDeadLetters").WithDoc(AdminDocs.ListLetters);
        group.MapPost("/redrive", StartRedriveAsync).WithName("redriveAll").WithDoc(AdminDocs.RedriveAll);
        group.MapGet("/redrive", ProgressAsync).WithName("redriveProgress").WithDoc(AdminDocs.Progress);
        group.MapPost("/{id}/redrive", RedriveOneAsync).WithName("redriveOne").WithDoc(AdminDocs.RedriveOne);
        group.MapDelete("/{id}", DropAsync).WithName("dropDeadLetter").WithDoc(AdminDocs.Drop);
    }

    private static async Task<IResult> ListAsync(HttpContext context, DeadLetterQueue queue)
    {
        var errors = new InputErrors();
        var query = new Query(context.Request, errors);
        var filter = new DeadLetterFilter(Filter(query, errors, "account"), Filter(query, errors, "flow"), Filter(query, errors, "reason"));
        var limit = query.Number("limit", 1, 1000, 100)!.Value;
        DeadLetterList.Position? after = null;
        if (query.Text("after") is { } text && (after = DeadLetterList.Position.Parse(text)) is null)
            errors.Add("after", "Must be the 'next' of an earlier answer; leave it out to begin with the oldest.");
        errors.ThrowIfAny();
        return TypedResults.Json(await queue.ListAsync(filter, after, limit, context.RequestAborted), ApiJson.Wire.DeadLetterPage);
    }

    private static async Task<IResult> StartRedriveAsync(HttpContext context, DeadLetterQueue queue)
    {
        await queue.StartRedriveAsync(context.RequestAborted);
        context.Response.Headers.Location = "/dead-letters/redrive";
        return TypedResults.Json(await queue.ProgressAsync(context.RequestAborted), ApiJson.Wire.RedriveList, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ProgressAsync(HttpContext context, DeadLetterQueue queue) =>
        TypedResults.Json(await queue.ProgressAsync(context.RequestAborted), ApiJson.Wire.RedriveList);

    private static async Task<IResult> RedriveOneAsync(HttpContext context, string id, DeadLetterQueue queue) =>
        id.Length <= MaxTextLength && await queue.RedriveAsync(id, context.RequestAborted) ? TypedResults.NoContent() : throw NoSuch();

    private static async Task<IResult> DropAsync(HttpContext context, string id, DeadLetterQueue queue) =>
        id.Length <= MaxTextLength && await queue.DropAsync(id, context.RequestAborted) ? TypedResults.NoContent() : throw NoSuch();

    private static string? Filter(in Query query, InputErrors errors, string name)
    {
        var text = query.Text(name);
        if (text?.Length > MaxTextLength) errors.Add(name, $"Must be at most {MaxTextLength} characters.");
        return text;
    }

    private static ProblemException NoSuch() =>
        new(Kinds.NotFound("There is no such dead letter now; it may have been sent back or dropped, or another look-up holds it for a moment."));
}
