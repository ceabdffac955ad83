"""awsconform: does this implementation keep the contract that AWS documents?"""
