private import Files
private import Foundation

/// Where liblsl may lie.
enum LSLPlaces {
    /// Files and names, those that somebody named first.
    static func candidates() -> [String] {
        let environment = ProcessInfo.processInfo.environment
        let named = ["LSL_LIB", "PYLSL_LIB"].compactMap { environment[$0] }
        let system = [
            "liblsl.so.2", "liblsl.so", "liblsl.dylib",
            "/usr/local/lib/liblsl.so", "/opt/homebrew/Frameworks/lsl.framework/lsl",
        ]
        return named + system + pythonFolders(environment).flatMap(wheels)
    }

    /// The folders of Python installations that are in use, and where users' packages lie.
    private static func pythonFolders(_ environment: [String: String]) -> [String] {
        let active = ["VIRTUAL_ENV", "CONDA_PREFIX"].compactMap { environment[$0] }
        return active + ["\(NSHomeDirectory())/.local", "/usr/local", "/usr"]
    }

    /// The libraries of the package pylsl below a folder, and conda's own.
    private static func wheels(_ folder: String) -> [String] {
        let library = "\(folder)/lib"
        // A folder that is not there has no library.
        let pythons = ((try? Folder.names(in: URL(filePath: library))) ?? [])
            .filter { $0.hasPrefix("python3") }
        let wheels = pythons.sorted().flatMap { python in
            ["site-packages", "dist-packages"].map {
                "\(library)/\(python)/\($0)/pylsl/lib/liblsl.so"
            }
        }
        return ["\(library)/liblsl.so"] + wheels
    }
}
