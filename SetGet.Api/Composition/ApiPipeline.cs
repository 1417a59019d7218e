using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.DeadLetters;
using SetGet.Api.Get;
using SetGet.Api.Ops;
using SetGet.Api.Problems;
using SetGet.Api.Set;
using SetGet.Api.Settings;

namespace SetGet.Api.Composition;

/// <summary>The order of the layers, and the table of the routes.</summary>
internal static class ApiPipeline
{
    /// <summary>Problems outermost, so that nothing inside ends without a document; rights after routing, because routes name them.</summary>
    public static WebApplication UseSetGetApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        return app;
    }

    public static WebApplication MapSetGetApi(this WebApplication app)
    {
        SetEndpoints.Map(app);
        HookEndpoints.Map(app);
        NewestEndpoints.Map(app);
        HistoryEndpoints.Map(app);
        TakeEndpoints.Map(app);
        ManyEndpoints.Map(app);
        TtlEndpoints.Map(app);
        KeyEndpoints.Map(app);
        SigningEndpoints.Map(app);
        LimitEndpoints.Map(app);
        DeadLetterEndpoints.Map(app);
        ContractEndpoints.Map(app);
        OpsEndpoints.Map(app);
        return app;
    }
}
