/// A real browser for tests of pages.
public enum Chromium {
    /// Whether there is one that Python's selenium can drive.
    public static let isPossible: Bool = {
        let look = """
            import selenium, shutil, sys
            sys.exit(0 if shutil.which("chromium") and shutil.which("chromedriver") else 1)
            """
        return (try? Python.run(look, arguments: []).status) == 0
    }()
}
