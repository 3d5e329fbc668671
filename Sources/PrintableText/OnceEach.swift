extension [String] {
    /// The texts, each where it stands first.
    package var onceEach: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
