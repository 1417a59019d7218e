using SetGet.Api;
using SetGet.ServiceDefaults;

return await ProcessStart.RunAsync(args, builder =>
{
    builder.AddServiceDefaults();
    builder.AddSetGetApi();

    var app = builder.Build();
    app.UseSetGetApi();
    app.MapSetGetApi();
    app.MapDefaultEndpoints();
    return Task.FromResult(app);
});
