/// One collection of an experiment's design: which tasks train, validate and test.
public struct DesignFold: Sendable, Hashable {
    /// A name that can be a file's, the same whenever the design is laid out over the same
    /// recordings.
    package let name: String
    /// The ids of the tasks to train on.
    package let train: [String]
    /// The ids of the tasks to choose models by; none of them is tested on.
    package let validation: [String]
    /// The ids of the tasks to evaluate on.
    package let test: [String]

    /// Creates a fold.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - train: The ids of the tasks to train on.
    ///   - validation: The ids of the tasks to choose models by.
    ///   - test: The ids of the tasks to evaluate on.
    public init(name: String, train: [String], validation: [String], test: [String]) {
        self.name = name
        self.train = train
        self.validation = validation
        self.test = test
    }

    /// Every task of the collection.
    var ids: Set<String> { Set(train).union(validation).union(test) }

    /// The name of the split that each task is in, by its id.
    var splits: [String: String] {
        Dictionary(
            [("train", train), ("validation", validation), ("test", test)].flatMap { name, ids in
                ids.map { ($0, name) }
            }, uniquingKeysWith: { first, _ in first })
    }
}
