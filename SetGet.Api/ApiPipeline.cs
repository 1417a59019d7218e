using SetGet.Api.Access;
using SetGet.Api.Accounts;
using SetGet.Api.DeadLetters;
using SetGet.Api.Get;
using SetGet.Api.OpenApi;
using SetGet.Api.Ops;
using SetGet.Api.Problems;
using SetGet.Api.Set;

namespace SetGet.Api;

/// <summary>The order of the layers, and the table of the routes.</summary>
internal static class ApiPipeline
{
    /// <summary>
    /// Problems around all that answers, so that nothing inside ends without a document; after routing, because routes name it, what notes deliveries, and
    /// roles.
    /// </summary>
    public static WebApplication UseSetGetApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseOpsPage();
        app.UseRouting();
        app.UseMiddleware<DeliveryMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        return app;
    }

    /// <summary>
    /// To add a route: map it in the endpoints class of its folder. What it takes, answers and fails with, and the role that it asks for, stand
    /// there, beside its handler; the OpenAPI document follows. A new class is called here, and its bodies are named in the folder's <c>…Json</c>.
    /// </summary>
    public static WebApplication MapSetGetApi(this WebApplication app)
    {
        SetEndpoints.Map(app);
        HookEndpoints.Map(app);
        HandshakeEndpoints.Map(app);
        NewestEndpoints.Map(app);
        HistoryEndpoints.Map(app);
        TakeEndpoints.Map(app);
        ManyEndpoints.Map(app);
        TtlEndpoints.Map(app);
        KeyEndpoints.Map(app);
        SigningEndpoints.Map(app);
        SourceEndpoints.Map(app);
        LimitEndpoints.Map(app);
        DeadLetterEndpoints.Map(app);
        OpsEndpoints.Map(app);
        app.MapOpenApiDocument();
        return app;
    }
}
