using Aws;

return await ServerCommand.Create().Parse(args).InvokeAsync();
