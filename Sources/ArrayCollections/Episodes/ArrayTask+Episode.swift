public import MetaLearning

extension ArrayTask {
    /// A task of a source as arrays: rows channel by channel, with targets where it has them and else
    /// with classes.
    ///
    /// - Parameter episode: The task.
    public init(_ episode: Episode) {
        self.init(
            id: episode.id, support: Part(episode.support), query: Part(episode.query))
    }
}

extension ArrayTask.Part {
    /// The windows of a set as rows, channel by channel.
    fileprivate init(_ windows: WindowSet) {
        let (width, outputs) = (windows.windowWidth, windows.targetCount)
        var row = [Float](repeating: 0, count: width)
        let rows = (0..<windows.count).map { place in
            windows.gather([place], as: .channelMajor, into: &row)
            return row
        }
        let targets = (0..<windows.count).map { place in
            Array(windows.targets[place * outputs..<(place + 1) * outputs])
        }
        self.init(rows, outputs > 0 ? .targets(targets) : .classes(windows.labels))
    }
}
