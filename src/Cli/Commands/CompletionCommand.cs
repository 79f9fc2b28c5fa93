using System.CommandLine;

namespace Safeconduct.Cli.Commands;

/// <summary><c>completion SHELL</c>: prints a script that lets the shell complete commands and options.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # safeconduct completion for bash: source <(safeconduct completion bash)
        _safeconduct() {
            local line="${COMP_WORDS[*]}"
            COMPREPLY=()
            while IFS= read -r word; do
                [[ "$word" == "${COMP_WORDS[COMP_CWORD]}"* ]] && COMPREPLY+=("$word")
            done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
            [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _safeconduct safeconduct ./safeconduct
        """;

    private const string Zsh = """
        # safeconduct completion for zsh: source <(safeconduct completion zsh)
        _safeconduct() {
            local line="${words[*]}"
            local -a found
            found=(${(f)"$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)"})
            compadd -- $found
            _files
        }
        compdef _safeconduct safeconduct ./safeconduct
        """;

    private const string Fish = """
        # safeconduct completion for fish: safeconduct completion fish | source
        function __safeconduct
            set -l line (commandline -cp)
            safeconduct "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
        end
        complete -c safeconduct -a '(__safeconduct)'
        """;

    public static Command Make(Surroundings room)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a completion script for your shell.") { shell };
        command.SetAction(parsed =>
        {
            room.Output.WriteLine(parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish });
            return CommandLine.Done;
        });
        return command;
    }
}
