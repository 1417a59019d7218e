using SetGet.ServiceDefaults;
using SetGet.Worker;
using SetGet.Worker.Lambda;
using SetGet.Worker.Secrets;

return await ProcessStart.RunAsync(args, BuildAsync, InitFault.ReportAsync);

static async Task<WebApplication> BuildAsync(WebApplicationBuilder builder)
{
    builder.UseFreePortByDefault();
    builder.AddServiceDefaults();
    await builder.AddRedisSecretAsync();
    builder.AddSetGetWorker();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    return app;
}
