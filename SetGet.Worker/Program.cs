using SetGet.Worker.Composition;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSetGetWorker();

var app = builder.Build();
app.MapDefaultEndpoints();
await app.RunAsync();
