using SetGet.ServiceDefaults.Health;
using SetGet.Worker.Composition;

if (await HealthProbe.RunAsync(args) is { } exitCode) return exitCode;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddSetGetWorker();

    var app = builder.Build();
    app.MapDefaultEndpoints();
    await app.RunAsync();
    return 0;
}
catch (Exception e)
{
    if (!await StartFault.ExplainAsync(e)) throw;
    return 1;
}
