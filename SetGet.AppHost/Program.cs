using SetGet.AppHost;

var options = CommandLine.Read(args);
var builder = DistributedApplication.CreateBuilder(options.Rest);

var rootKey = builder.AddRootKey();
var redis = builder.AddRedis("redis", port: 5083).WithStorage();
var api = builder.AddApi(redis, rootKey);
var worker = builder.AddWorker(redis, rootKey);

if (options.UseAwsAccount || builder.ExecutionContext.IsPublishMode)
    builder.AddIngestStack(api, worker);
else
    builder.AddLocalAws(api, worker);

builder.Build().Run();
