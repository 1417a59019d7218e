using SetGet.Api.Composition;
using SetGet.ServiceDefaults.Health;

if (await HealthProbe.RunAsync(args) is { } exitCode) return exitCode;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSetGetApi();

var app = builder.Build();
app.UseSetGetApi();
app.MapSetGetApi();
app.MapDefaultEndpoints();
return await app.RunOrExplainAsync();
