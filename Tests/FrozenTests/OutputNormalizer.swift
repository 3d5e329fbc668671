import Foundation
import TestSupport

/// Replaces what depends on the machine or the moment in texts of the program.
///
/// | What | becomes |
/// | --- | --- |
/// | the folder of the test, the folder of the package | `<folder>`, `<package>` |
/// | rules of tables where the folder of the test stands, as wide as its name | `───` |
/// | the version behind the program's name | `<version>` |
/// | moments such as `2026-01-31T12:00:00Z` | `<time>` |
/// | the default of `--threads` and of `threads:`, the processors of the machine | `<threads>` |
/// | how long something took (`0.1 s` at the end of an epoch, `seconds` in JSON) | `<seconds>` |
/// | computed fractions, as ``Fractions`` says | rounded or `<number>` |
struct OutputNormalizer {
    /// What is kept of numbers with a fraction.
    enum Fractions {
        /// Every digit: the text does not depend on how the processor rounds.
        case exact
        /// Five significant digits: what FFTW and the filters' loops compute may differ in the
        /// last bits between processors.
        case rounded
        /// No digit: BLAS picks its kernels by processor, and a training amplifies last bits.
        /// Counts of windows that were classified right go with them.
        case masked
    }

    /// The folder that the texts may name.
    let folder: URL

    /// The text without what depends on the machine or the moment.
    func normalized(_ text: String, fractions: Fractions = .exact) -> String {
        var result = text
        let paths = [
            (folder.resolvingSymlinksInPath(), "<folder>"), (folder, "<folder>"),
            (SharedMaterial.packageFolder, "<package>"),
        ]
        for (url, name) in paths {
            var path = url.path(percentEncoded: false)
            while path.hasSuffix("/") { path.removeLast() }
            result = result.replacing(path, with: name)
            result = result.replacing(path.replacing("/", with: "\\/"), with: name)
        }
        if result.contains("<folder>") { result.replace(/─+/, with: "───") }
        result.replace(/myotask [0-9]+\.[0-9]+\.[0-9]+/, with: "myotask <version>")
        result.replace(
            /[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9:]+)?/,
            with: "<time>")
        result.replace(
            /(result\s+does\s+not\s+depend\s+on\s+it\.\s+)\(default:\s+[0-9]+\)/,
            with: { "\($0.output.1)(default: <threads>)" })
        result.replace(/threads: [0-9]+( +# default)/, with: { "threads: <threads>\($0.output.1)" })
        result.replace(/, [0-9]+\.[0-9] s\n/, with: ", <seconds> s\n")
        result.replace(
            /("seconds" ?: ?)[-+.eE0-9]+/, with: { "\($0.output.1)\"<seconds>\"" })
        switch fractions {
        case .exact: break
        case .rounded:
            result.replace(
                /-?[0-9]+\.[0-9]+(e-?[0-9]+)?/,
                with: { match in
                    Double(match.output.0).map { String(format: "%.5g", $0) }
                        ?? String(match.output.0)
                })
        case .masked:
            result.replace(/[-+−]?[0-9]+\.[0-9]+(e[-+]?[0-9]+)?/, with: "<number>")
            result.replace(/[0-9]+ of [0-9]+/, with: "<count> of <count>")
            // The column of the steps a second.
            result.replace(
                /(meta-steps a second[^\n]*\n[^\n]*\n\S+) +[0-9]+/,
                with: { "\($0.output.1) <speed>" })
        }
        return result
    }
}
