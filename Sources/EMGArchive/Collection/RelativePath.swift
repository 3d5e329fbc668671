/// Paths in manifests: they come from anyone and must name something below one folder.
enum RelativePath {
    /// What is wrong with a path that is to stay in its folder, or `nil`.
    static func fault(in path: String) -> String? {
        let components = path.split(separator: "/", omittingEmptySubsequences: false)
        if path.isEmpty { return "it is empty" }
        if path.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return "it has a control character"
        }
        if path.hasPrefix("/") || path.hasPrefix("~") { return "it begins outside the folder" }
        if path.contains("\\") { return "it has a backslash" }
        // `file:…`, `https:…` and drives such as `C:`.
        if path.contains(":") { return "it is a URL or a drive" }
        if components.contains("..") { return "it leaves the folder" }
        if components.last == "" || components.last == "." { return "it names a folder" }
        return nil
    }
}
