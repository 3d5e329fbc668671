/// A way to distinguish windows that is fitted to a task's support and has no parameters that are
/// trained before, such as a linear discriminant on features.
///
/// It is compared with the models on the same tasks and the same parts of their supports.
public protocol SupportClassifier: Sendable {
    /// What it is called in tables.
    var method: Method { get }

    /// Fits itself to a task's support and predicts the query's classes.
    ///
    /// May be called from several threads at once.
    ///
    /// - Parameter task: The task; only windows and labels of its support may be looked at for
    ///   fitting.
    /// - Returns: A class for each query window, in their order.
    /// - Throws: When the windows cannot be distinguished this way.
    func predictions(for task: Episode) throws -> [UInt8]
}
