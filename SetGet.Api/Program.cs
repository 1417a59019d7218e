using SetGet.Api.Composition;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSetGetApi();

var app = builder.Build();
app.UseSetGetApi();
app.MapSetGetApi();
app.MapDefaultEndpoints();
return await app.RunOrExplainAsync();
