import Foundation
import TestSupport

/// The targets that `Package.swift` declares, and what each may import.
struct PackageManifest {
    /// A target of the package.
    struct Target {
        let name: String
        /// `target`, `executableTarget`, `systemLibrary` or `testTarget`.
        let kind: String
        /// Targets of the package that it depends on, in the manifest's order.
        let dependencies: [String]
        /// Where its sources are, from the package's folder.
        let path: String
    }

    let targets: [Target]

    /// Reads the manifest as text: it is written regularly, and asking SwiftPM would wait for the
    /// build that runs the tests.
    init() throws {
        let url = SharedMaterial.packageFolder.appending(path: "Package.swift")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            .filter { !$0.drop { $0 == " " }.hasPrefix("//") }
        let text = lines.joined(separator: " ")
        // A dependency that only a trait has is written as a target, too.
        let start =
            /\.(target|executableTarget|systemLibrary|testTarget)\( *name: "(\w+)"(?!, condition:)/
        let found = text.matches(of: start)
        let names = Set(found.map { String($0.2) })
        targets = found.map { match in
            let body = Self.balanced(text[match.range.lowerBound...])
            let list =
                body.firstMatch(of: /dependencies: \[([^\]]*)\]/).map { String($0.1) } ?? ""
            let (kind, name) = (String(match.1), String(match.2))
            let folder = kind == "testTarget" ? "Tests" : "Sources"
            return Target(
                name: name, kind: kind,
                dependencies: list.matches(of: /"(\w+)"/).map { String($0.1) }
                    .filter(names.contains),
                path: body.firstMatch(of: /path: "([^"]+)"/).map { String($0.1) }
                    ?? "\(folder)/\(name)")
        }
    }

    /// A call from its name to the parenthesis that closes it.
    private static func balanced(_ text: Substring) -> Substring {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            guard text[index] == ")" else { continue }
            depth -= 1
            if depth == 0 { return text[...index] }
        }
        return text
    }
}
