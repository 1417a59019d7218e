using Redis;

return await ServerCommand.Create().Parse(args).InvokeAsync();
