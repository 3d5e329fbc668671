import Digests
import EMGIngest
import Foundation
import HDF5
import TestSupport

/// What commands left behind: small texts as they are, larger files by their digests.
///
/// Tensors and archives of envelopes hold the same bytes on every machine. What was filtered or
/// trained does not (FFTW and BLAS pick their loops by processor), so that of it only names,
/// texts without fractions and histories are held.
struct Artifacts {
    /// Each text by the name of its golden.
    let texts: [String: String]

    /// Gathers what the commands left in a workspace.
    init(of workspace: borrowing Workspace) throws {
        let url = workspace.url
        let normalizer = OutputNormalizer(folder: url)
        var texts: [String: String] = [:]
        for name in ["study", "dense", "edited"] {
            texts["\(name).json"] = normalizer.normalized(try workspace.text(of: "\(name).json"))
        }
        texts["envelopes.json"] = Self.withoutDigests(
            normalizer.normalized(try workspace.text(of: "envelopes.json"), fractions: .rounded))
        texts["histories.txt"] = try Self.histories(
            below: url, in: ["archive", "days", "raw", "clean"]
        )
        .map { normalizer.normalized($0, fractions: .rounded) }.joined()
        for (name, path) in [
            ("trained", "trained"), ("scored", "scored"), ("sweep", "sweep"), ("whole", "whole"),
        ] {
            texts["\(name).txt"] = try Self.runTexts(below: url, in: path).map {
                normalizer.normalized($0, fractions: .masked)
            }.joined()
        }
        for template in SourceTemplate.texts {
            texts["template-\(template.name).yaml"] = template.text
        }
        texts["digests.txt"] = try Self.digests(below: url)
        self.texts = texts
    }

    private static func files(below folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
            .sorted().filter {
                var isFolder: ObjCBool = false
                _ = unsafe FileManager.default.fileExists(
                    atPath: folder.appending(path: $0).path(percentEncoded: false),
                    isDirectory: &isFolder)
                return !isFolder.boolValue
            }
    }

    private static func histories(below url: URL, in folders: [String]) throws -> [String] {
        try folders.flatMap { folder in
            let place = url.appending(path: folder)
            return try files(below: place).filter { $0.hasSuffix(".h5") }.map { path in
                let history = try File.reading(place.appending(path: path)) {
                    file throws(HDF5Error) in try file.text("history", of: "/")
                }
                return "\(folder)/\(path)\n\(history)\n\n"
            }
        }
    }

    /// Names of all files of a folder of runs, and the texts that say what was done.
    private static func runTexts(below url: URL, in path: String) throws -> [String] {
        let place = url.appending(path: path)
        let names = try files(below: place).map {
            $0.replacing(/tfevents\.[0-9]+\.\S+/, with: "tfevents.<time>")
        }
        let shown = [
            "configuration.json", "input.json", "metrics.jsonl", "results.csv", "results.md",
            "test-tasks.json", "sweep.csv", "sweep.json", "sweep.md",
        ]
        return [names.joined(separator: "\n") + "\n\n"]
            + (try files(below: place).compactMap { file in
                guard shown.contains(where: { file.split(separator: "/").last == $0[...] }) else {
                    return nil
                }
                let text = try String(contentsOf: place.appending(path: file), encoding: .utf8)
                return "## \(file)\n\(text)\n"
            })
    }

    private static func withoutDigests(_ text: String) -> String {
        text.replacing(/[0-9a-f]{64}/, with: "<sha256>")
    }

    /// The SHA-256 of each schema and of each file that is the same on every machine.
    private static func digests(below url: URL) throws -> String {
        let schemas = SharedMaterial.packageFolder.appending(path: "schemas")
        var lines = try files(below: schemas).map { ("schemas/\($0)", schemas.appending(path: $0)) }
        for folder in ["archive", "days", "edf", "bdf", "csv", "lab", "folds"] {
            let place = url.appending(path: folder)
            lines += try files(below: place).map { ("\(folder)/\($0)", place.appending(path: $0)) }
        }
        for file in ["study.h5", "dense.h5", "edited.h5", "raw.csv", "features.csv", "all.npy"] {
            lines.append((file, url.appending(path: file)))
        }
        return try lines.map { name, place in
            "\(SHA256.digest(of: [UInt8](try Data(contentsOf: place))))  \(name)\n"
        }.joined()
    }
}
