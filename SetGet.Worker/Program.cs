using SetGet.ServiceDefaults.Health;
using SetGet.Worker.Composition;
using SetGet.Worker.Secrets;

if (await HealthProbe.RunAsync(args) is { } exitCode) return exitCode;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.UseFreePortByDefault();
    builder.AddServiceDefaults();
    await builder.AddRedisSecretAsync();
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
