import Foundation
import TestSupport

/// Every file below a folder with its bytes, by its path relative to the folder.
func contents(of folder: URL) throws -> [String: Data] {
    var result: [String: Data] = [:]
    let manager = FileManager.default
    guard manager.fileExists(atPath: folder.path(percentEncoded: false)) else { return [:] }
    for path in try manager.subpathsOfDirectory(atPath: folder.path(percentEncoded: false)) {
        let url = folder.appending(path: path)
        var isFolder: ObjCBool = false
        _ = unsafe manager.fileExists(
            atPath: url.path(percentEncoded: false), isDirectory: &isFolder)
        if !isFolder.boolValue { result[path] = try Data(contentsOf: url) }
    }
    return result
}

/// A small synthetic laboratory in a folder of its own.
func makeLaboratory(
    in folder: URL, style: String = "myo", patients: Int = 4, extra: [String] = []
) throws -> URL {
    let url = folder.appending(path: "lab")
    let run = try CommandRun(
        [
            "synth", "--style", style, "--patients", "\(patients)", "--conditions", "1",
            "--seed", "7", "--output", url.path(percentEncoded: false),
        ] + extra)
    guard run.status == 0 else { throw CocoaError(.fileWriteUnknown) }
    return url
}
