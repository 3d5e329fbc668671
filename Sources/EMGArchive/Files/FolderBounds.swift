import Foundation

extension URL {
    /// Whether the file, all links followed, lies in a folder.
    func isInside(_ folder: URL) -> Bool {
        let inner = standardizedFileURL.resolvingSymlinksInPath().pathComponents
        let outer = folder.standardizedFileURL.resolvingSymlinksInPath().pathComponents
            .filter { $0 != "" }
        return inner.count > outer.count && inner.starts(with: outer)
    }
}
