global using CsCheck;
global using Kops.Templates.Execution;
global using Kops.Templates.Faults;
global using Kops.Templates.Functions;
global using Kops.Templates.Values;
global using Xunit;
