using SetGet.AppHost;

var options = CommandLine.Read(args);
var builder = DistributedApplication.CreateBuilder(options.Rest);

var rootKey = builder.AddRootKey();
var redis = builder.AddRedis("redis", port: 5083).WithStorage();
var api = builder.AddApi(redis, rootKey).WithOperatorTools(rootKey);
var workers = builder.AddWorkers(redis);

if (options.UseAwsAccount || builder.ExecutionContext.IsPublishMode)
    builder.AddIngestStack([api, .. workers]);
else
{
    var aws = builder.AddLocalAws([api, .. workers]);
    if (options.WorkerAsLambda) aws.InvokeWorkers(workers);
}

if (builder.ExecutionContext.IsPublishMode)
    builder.AddServiceStack();

builder.Build().Run();
